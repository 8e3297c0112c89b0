/** An authenticator app: codes by the time as RFC 6238 describes them, made without any code of the product. */
import { createHmac } from "node:crypto";
import type { Backend } from "./backend";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_SECONDS = 30;

/** The bytes of a text in base 32 (RFC 4648), without padding. */
const bytesOf = (key: string): Buffer => {
  const bits = [...key].map((letter) => {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw new Error("not base 32");
    return value.toString(2).padStart(5, "0");
  });
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
};

export class Authenticator {
  private readonly secret: Buffer;
  /** The newest step whose code was handed out: none is taken twice. */
  private newest = 0;

  constructor(
    key: string,
    private readonly backend: Backend,
  ) {
    this.secret = bytesOf(key.replace(/\s/g, ""));
  }

  /** A code that was not shown before. Where the time for it has not come, the backend's clock is moved: nobody waits. */
  async code(): Promise<string> {
    let step = await this.step();
    if (step <= this.newest) {
      await this.backend.pass(STEP_SECONDS * (this.newest + 1 - step));
      step = await this.step();
    }
    this.newest = step;
    return this.at(step);
  }

  /** A code that no app with this secret shows now, another one for each `round`. */
  async wrong(round = 0): Promise<string> {
    const step = await this.step();
    const shown = [step - 1, step, step + 1].map((it) => this.at(it));
    const codes = Array.from({ length: round + 4 }, (_, number) => String(number).padStart(6, "0"));
    return codes.filter((code) => !shown.includes(code))[round];
  }

  /** The code of the step that `code()` handed out last, or of the one so many before it. */
  last(before = 0): string {
    return this.at(this.newest - before);
  }

  private async step(): Promise<number> {
    return Math.floor((await this.backend.now()) / 1_000 / STEP_SECONDS);
  }

  private at(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac("sha1", this.secret).update(counter).digest();
    const offset = mac[mac.length - 1] & 0xf;
    const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}

/** What somebody has who has enrolled an app. */
export interface Kept {
  app: Authenticator;
  recoveryCodes: string[];
}

/** Enrols an app for a person, as any client of the API could. */
export const enrol = async (backend: Backend, email: string, password: string): Promise<Kept> => {
  const post = async (path: string, body: unknown, token = "") => {
    const headers = { "content-type": "application/json", "x-portico": "1", authorization: `Bearer ${token}` };
    const answer = await fetch(`${backend.url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<Record<string, string>>;
  };
  const { access_token: token } = await post("/auth/sign-in", { identifier: email, password });
  const { secret } = await post("/me/second-factor/totp", {}, token);
  const app = new Authenticator(secret, backend);
  const enrolled = await post("/me/second-factor/totp/confirm", { code: await app.code(), name: "Phone" }, token);
  return { app, recoveryCodes: enrolled.recovery_codes as unknown as string[] };
};

/** Signs somebody in who has to enrol an app first; the answer opens the API as that person. */
export const enterWithNewApp = async (backend: Backend, email: string, password: string): Promise<string> => {
  let cookie = "";
  const post = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json", "x-portico": "1", cookie };
    const answer = await fetch(`${backend.url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const set = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
    if (set.length > 0) cookie = set.filter((pair) => !pair.endsWith("=")).join("; ");
    return answer.json() as Promise<{ secret: string; next: { access_token: string } }>;
  };
  await post("/auth/sign-in", { identifier: email, password });
  const { secret } = await post("/auth/sign-in/enrol/totp", {});
  const code = await new Authenticator(secret, backend).code();
  return (await post("/auth/sign-in/enrol/totp/confirm", { code })).next.access_token;
};
