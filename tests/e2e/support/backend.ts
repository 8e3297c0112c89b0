/** A backend process on a port and a database of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sites } from "./sites";

/** What a spec may ask of its backend beyond demonstration data. */
export interface BackendOptions {
  /** Seconds an access token is good for. */
  accessTtl?: number;
  /** Further options of its command line. */
  flags?: string[];
  /** Whether the site it serves is a copy of its own, which the spec may change. */
  ownSite?: boolean;
  /** Whether it serves the site with the gallery of parts instead of the released one. */
  gallery?: boolean;
  /** The name it is opened by; without one its address. No passkey is made for an address. */
  host?: string;
}

/** An account that is not among those of the demonstration. */
export interface NewAccount {
  role: string;
  email: string;
  name: string;
  number: string;
  password: string;
}

const START_MS = 60_000;

/** A port that nobody uses right now. */
const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
};

/** The environment without what would set options behind a spec's back. */
const environment = () => {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("PORTICO_"));
  return Object.fromEntries(own);
};

export class Backend {
  private process?: ChildProcess;
  private readonly home = mkdtempSync(join(tmpdir(), "portico-e2e-"));
  private readonly log = join(this.home, "backend.log");

  /** The folder of the site it serves. */
  readonly site: string;

  private constructor(
    private readonly port: number,
    private readonly options: BackendOptions,
  ) {
    const shared = options.gallery ? sites.gallery : sites.spa;
    this.site = options.ownSite ? join(this.home, "site") : shared;
    if (options.ownSite) cpSync(sites.spa, this.site, { recursive: true });
    process.once("exit", () => this.process?.kill("SIGKILL"));
  }

  /** A running backend with fresh demonstration data. */
  static async start(options: BackendOptions): Promise<Backend> {
    const backend = new Backend(await freePort(), options);
    await backend.run();
    return backend;
  }

  get url(): string {
    return `http://${this.options.host ?? "127.0.0.1"}:${this.port}`;
  }

  /** Everything it has logged so far. */
  logged(): string {
    return readFileSync(this.log, "utf8");
  }

  /** Starts the process and waits until it answers; after a stop or kill with the same port and data. */
  async run(): Promise<void> {
    const log = createWriteStream(this.log, { flags: "a" });
    await once(log, "open");
    const child = spawn(sites.backend, this.flags(), { env: environment(), stdio: ["ignore", log, log] });
    this.process = child;
    const deadline = Date.now() + START_MS;
    while (!(await this.isReady())) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`no backend:\n${this.logged()}`);
      await delay(50);
    }
  }

  /** Ends it as an operator does. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Lets requests arrive without being answered. */
  pause(): void {
    this.process?.kill("SIGSTOP");
  }

  /** Ends it and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Lets `seconds` pass for it; it has to be started with `--dev-clock`. */
  async pass(seconds: number): Promise<void> {
    await this.clock(seconds);
  }

  /** What it takes for the time, in milliseconds; it has to be started with `--dev-clock`. */
  async now(): Promise<number> {
    return (await this.clock(0)).now;
  }

  private async clock(seconds: number): Promise<{ now: number }> {
    const answer = await fetch(`${this.url}/dev/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance_seconds: seconds }),
    });
    if (!answer.ok) throw new Error(`the clock stands still: ${answer.status}`);
    return answer.json() as Promise<{ now: number }>;
  }

  /** Makes an account with the backend's own command. */
  createAccount(account: NewAccount): void {
    const flags = ["--role", account.role, "--email", account.email, "--name", account.name];
    const made = spawnSync(
      sites.backend,
      ["create-user", "--database", this.database, ...flags, "--employee-number", account.number],
      { env: environment(), input: account.password, encoding: "utf8" },
    );
    if (made.status !== 0) throw new Error(made.stderr);
  }

  private get database(): string {
    return `sqlite://${join(this.home, "portico.sqlite")}`;
  }

  private flags(): string[] {
    const flags = ["--listen", `127.0.0.1:${this.port}`, "--database", this.database];
    flags.push("--spa", this.site, "--demo", "--customers", "500");
    if (this.options.accessTtl !== undefined) flags.push("--access-ttl", String(this.options.accessTtl));
    return [...flags, ...(this.options.flags ?? [])];
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/api/v1/health`)).ok;
    } catch {
      return false;
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}
