/** What the demonstration data offers to look for, chosen through the API when a test runs. */
import type { Api, Board, CustomerSummary, Deal, Stage } from "./api";

/** How people abbreviate the towns and trades that names of Chinese companies are made of. */
const INITIALS: Record<string, string> = {
  上海: "sh",
  北京: "bj",
  深圳: "sz",
  广州: "gz",
  杭州: "hz",
  武汉: "wh",
  成都: "cd",
  南京: "nj",
  苏州: "sz",
  软件: "rj",
  食品: "sp",
  科技: "kj",
  环保: "hb",
  集团: "jt",
  股份: "gf",
  有限公司: "yxgs",
};

/** The longest result list in which a customer is sure to be among the rows drawn. */
const ONE_SCREEN = 8;

/** A Chinese company, and searches that find it and little else. */
export interface Sought {
  customer: CustomerSummary;
  byName: string;
  byPhone: string;
  byInitials: string;
}

export const soughtCustomer = async (api: Api): Promise<Sought> => {
  const { items } = await api.customers({ limit: "200" });
  for (const customer of items) {
    const initials = Object.keys(INITIALS).filter((word) => customer.name.includes(word));
    const phone = customer.primary_contact?.phone;
    if (customer.kind !== "company" || initials.length < 3 || phone === undefined) continue;
    const sought = {
      customer,
      byName: customer.name.slice(1, 6),
      byPhone: phone.slice(-7),
      byInitials: initials.map((word) => INITIALS[word]).join(" "),
    };
    if (await findsFew(api, sought)) return sought;
  }
  throw new Error("no customer can be found in all three ways");
};

const findsFew = async (api: Api, { byName, byPhone, byInitials }: Sought): Promise<boolean> => {
  for (const q of [byName, byPhone, byInitials]) {
    // Whether the customer is among them is for the browser to show.
    if ((await api.customers({ q })).total > ONE_SCREEN) return false;
  }
  return true;
};

/** A customer about whom there is something to see in each part of the record. */
export const richCustomer = async (api: Api, isWanted: (name: string) => boolean): Promise<CustomerSummary> => {
  const { items } = await api.customers({ limit: "200", sort: "-last_activity", status: "active" });
  for (const customer of items.filter(({ name }) => isWanted(name))) {
    const parts = await Promise.all((["activities", "orders", "deals"] as const).map((it) => api.total(customer.id, it)));
    if (parts.every((total) => total > 0)) return customer;
  }
  throw new Error("no such customer has activities, orders and deals");
};

/** A deal at the top of `from` and the stages it can go between. */
export interface Movable {
  deal: Deal;
  from: Stage;
  to: Stage;
  board: Board;
}

export const movableDeal = async (api: Api, fromIndex = 0): Promise<Movable> => {
  const board = await api.board();
  const [from, to] = board.pipeline.stages.slice(fromIndex);
  return { deal: board.columns[fromIndex].deals[0], from, to, board };
};
