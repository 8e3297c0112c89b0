/** What the demonstration sent by mail and as text messages. */
import { setTimeout as delay } from "node:timers/promises";

interface Sent {
  id: string;
  channel: string;
  to: string;
  subject: string;
  text: string;
}

/** Letters leave a moment after the answer that caused them, so that nobody learns from its time whether there is one. */
const PATIENCE_MS = 10_000;

export class Outbox {
  constructor(private readonly base: string) {}

  /** Everything sent to `to` so far, the newest first. */
  async to(to: string): Promise<Sent[]> {
    const answer = await fetch(`${this.base}/dev/outbox`, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(`the outbox: ${answer.status}`);
    return ((await answer.json()) as Sent[]).filter((sent) => sent.to === to);
  }

  /** The newest link to `path` that was sent to `to` and is none of `known`, on this very backend. */
  async link(to: string, path: string, ...known: string[]): Promise<string> {
    const links = await this.found(to, /https?:\/\/\S+/g, (text) => {
      const { pathname, hash } = new URL(text);
      const link = `${this.base}${pathname}${hash}`;
      return pathname === path && !known.includes(link) ? link : undefined;
    });
    return links[0];
  }

  /** The newest code of eight digits that was sent to `to`. */
  async code(to: string): Promise<string> {
    const codes = await this.found(to, /\b\d{4}[ -]?\d{4}\b/g, (text) => text.replace(/\D/g, ""));
    return codes[0];
  }

  /** The newest code of six digits that was sent to `to` and is none of `known`. */
  async factorCode(to: string, ...known: string[]): Promise<string> {
    const codes = await this.found(to, /\b\d{6}\b/g, (text) => (known.includes(text) ? undefined : text));
    return codes[0];
  }

  /** What `read` makes of everything that `pattern` finds, once there is something. */
  private async found(to: string, pattern: RegExp, read: (text: string) => string | undefined): Promise<string[]> {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const texts = (await this.to(to)).flatMap(({ text }) => text.match(pattern) ?? []);
      const found = texts.map(read).filter((it) => it !== undefined);
      if (found.length > 0) return found;
      await delay(50);
    }
    throw new Error(`nothing like ${pattern} was sent to ${to}`);
  }
}
