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

  /** A code that no app with this secret shows now. */
  async wrong(): Promise<string> {
    const step = await this.step();
    const shown = [step - 1, step, step + 1].map((it) => this.at(it));
    return ["000000", "000001", "000002", "000003"].find((code) => !shown.includes(code)) ?? "";
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
