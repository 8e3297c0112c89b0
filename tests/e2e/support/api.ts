/** The API as a test reads it: to choose what to look for, and to see what is really in the database. */
import { PASSWORD, SALES } from "./accounts";

export interface CustomerSummary {
  id: string;
  name: string;
  city: string;
  kind: "company" | "person";
  primary_contact?: { name: string; phone?: string };
}

export interface Customer extends CustomerSummary {
  version: number;
  editable: boolean;
  industry: string;
  address: { street: string; postal_code: string; city: string; country: string };
  custom_fields: { name: string; value: string }[];
  contacts: { name: string; phones: { value: string }[]; emails: { value: string }[] }[];
}

export interface Deal {
  id: string;
  name: string;
  stage_id: string;
  customer: { id: string; name: string };
}

export interface Stage {
  id: string;
  name: { default: string; translations: Record<string, string> };
}

export interface Pipeline {
  id: string;
  name: { default: string; translations: Record<string, string> };
  stages: Stage[];
}

export interface Board {
  pipeline: Pipeline;
  columns: { stage_id: string; count: number; deals: Deal[] }[];
}

interface Page<T> {
  items: T[];
  total: number;
}

export class Api {
  private token?: string;

  constructor(
    private readonly base: string,
    private readonly identifier = SALES.email,
  ) {}

  customers(query: Record<string, string>): Promise<Page<CustomerSummary>> {
    return this.get(`/customers?${new URLSearchParams(query)}`);
  }

  customer(id: string): Promise<Customer> {
    return this.get(`/customers/${id}`);
  }

  /** What another person would do meanwhile: changes fields of a customer. */
  async change(id: string, change: Record<string, unknown>): Promise<void> {
    const { address, preferences, owner, version, ...customer } = await this.get<Record<string, never>>(
      `/customers/${id}`,
    );
    const kept = ["name", "kind", "status", "industry", "employees", "website", "tags", "custom_fields"];
    const same = Object.fromEntries(Object.entries(customer).filter(([field]) => kept.includes(field)));
    const body = { ...same, ...(address as object), ...(preferences as object), owner_id: (owner as { id: string }).id };
    const answer = await fetch(`${this.base}/api/v1/customers/${id}`, {
      method: "PATCH",
      headers: {
        authorization: `Bearer ${this.token}`,
        "content-type": "application/json",
        "if-match": `"${version}"`,
      },
      body: JSON.stringify({ ...body, ...change }),
    });
    if (!answer.ok) throw new Error(`changing ${id}: ${answer.status} ${await answer.text()}`);
  }

  async total(id: string, part: "activities" | "orders" | "deals"): Promise<number> {
    return (await this.get<Page<unknown>>(`/customers/${id}/${part}`)).total;
  }

  deal(id: string): Promise<Deal> {
    return this.get(`/deals/${id}`);
  }

  /** The first pipeline's board: the one that `/pipeline` shows. */
  async board(): Promise<Board> {
    const [first] = await this.get<Pipeline[]>("/pipelines");
    return this.get(`/pipelines/${first.id}/board`);
  }

  /** Whether `token` still opens anything. */
  async accepts(token: string): Promise<boolean> {
    return (await this.send("/me", token)).ok;
  }

  /** Whether anybody answers. */
  async isUp(): Promise<boolean> {
    try {
      return (await fetch(`${this.base}/api/v1/health`, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }

  /** One try to sign in; the answer's status. */
  async trySigningIn(identifier: string, password: string): Promise<number> {
    return (await this.signIn(identifier, password)).status;
  }

  /** Invites somebody, as an administrator. */
  async invite(person: { name: string; email: string; employee_number: string }, locale = "en"): Promise<void> {
    const [team] = await this.get<{ id: string }[]>("/admin/teams");
    await this.write("POST", "/admin/users", { ...person, role: "sales", team: team.id, locale });
  }

  /** The one account that `words` find, as an administrator. */
  async account(words: string): Promise<{ id: string; email: string }> {
    const found = await this.get<Page<{ id: string; email: string }>>(`/admin/users?${new URLSearchParams({ q: words })}`);
    if (found.total !== 1) throw new Error(`${found.total} accounts are found by ${words}`);
    return found.items[0];
  }

  /** Does `action` to an account, as an administrator. */
  async act(id: string, action: "activate" | "deactivate" | "resend-invitation"): Promise<void> {
    await this.write("POST", `/admin/users/${id}/${action}`, {});
  }

  /** Gives an account another mail address, as an administrator. */
  async changeEmail(id: string, email: string): Promise<void> {
    await this.write("PATCH", `/admin/users/${id}`, { email });
  }

  /** Asks for a reset, as anybody may. */
  async askForReset(identifier: string): Promise<void> {
    const answer = await this.fromOwnPage("/auth/reset", { identifier, channel: "mail" });
    if (!answer.ok) throw new Error(`asking for a reset: ${answer.status} ${await answer.text()}`);
  }

  private async get<T>(path: string): Promise<T> {
    return (await (await this.signedIn(path)).json()) as T;
  }

  private async write(method: string, path: string, body: unknown): Promise<void> {
    await this.signedIn(path, { method, body: JSON.stringify(body) });
  }

  private async signedIn(path: string, init: RequestInit = {}): Promise<Response> {
    let answer = await this.send(path, this.token, init);
    if (answer.status === 401) {
      const grant = await this.signIn(this.identifier, PASSWORD);
      this.token = ((await grant.json()) as { access_token: string }).access_token;
      answer = await this.send(path, this.token, init);
    }
    if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  private send(path: string, token = "", init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return fetch(`${this.base}/api/v1${path}`, { ...init, headers });
  }

  private signIn(identifier: string, password: string): Promise<Response> {
    return this.fromOwnPage("/auth/sign-in", { identifier, password });
  }

  private fromOwnPage(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.base}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-portico": "1", origin: this.base },
      body: JSON.stringify(body),
    });
  }
}
