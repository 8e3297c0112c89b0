/** What may stand between a browser and a backend: a proxy that passes everything on, except for what a test says. */
import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of a request: passed on, its connection broken, left without an answer, or answered with a status. */
export type Fate = "pass" | "refuse" | "hang" | number;

export class Gateway {
  /** What becomes of requests to the API. */
  api: Fate = "pass";
  /** What becomes of all other requests. */
  site: Fate = "pass";
  /** Headers that are taken out of every answer. */
  stripped: string[] = [];

  private readonly server = createServer((incoming, answer) => this.handle(incoming, answer));

  private constructor(private readonly target: string) {}

  static async before(target: string): Promise<Gateway> {
    const gateway = new Gateway(target);
    gateway.server.listen(0, "127.0.0.1");
    await once(gateway.server, "listening");
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private handle(incoming: IncomingMessage, answer: ServerResponse): void {
    const fate = incoming.url?.startsWith("/api/") ? this.api : this.site;
    if (fate === "refuse") incoming.socket.destroy();
    else if (fate === "pass") this.pass(incoming, answer);
    else if (fate !== "hang") answer.writeHead(fate, { "content-type": "text/html" }).end("<h1>gateway</h1>");
  }

  private pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, headers, url } = incoming;
    const onward = request(`${this.target}${url}`, { method, headers: { ...headers, connection: "close" } });
    onward.on("response", (found) => {
      for (const name of this.stripped) delete found.headers[name];
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    onward.on("error", () => incoming.socket.destroy());
    incoming.pipe(onward);
  }
}
