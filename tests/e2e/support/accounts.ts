/** The demonstration's accounts, as the product's documents name them. */
export const PASSWORD = "Harbour-lantern-42";

export const SALES = {
  email: "sales@portico.example",
  number: "EMP1003",
  username: "zhang.san",
  name: "张三",
};

export const ADMIN = { email: "admin@portico.example", name: "Ingrid Solberg" };

export const MANAGER = { email: "manager@portico.example" };

/** The one who may be changed without anybody else noticing. */
export const COLLEAGUE = { email: "sales2@portico.example", name: "李四" };
