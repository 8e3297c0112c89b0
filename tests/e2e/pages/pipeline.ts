import { type Page, expect } from "@playwright/test";
import type { Deal } from "../support/api";

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** `/pipeline`: the first pipeline's board. */
export class PipelinePage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/pipeline");
    await expect(this.page.getByRole("heading", { name: "Pipeline", level: 1 })).toBeVisible();
  }

  /** A stage, whose name is followed by how many deals it has and what they are worth. */
  stage(name: string) {
    return this.page.getByRole("region", { name: new RegExp(`^${quoted(name)}, `) });
  }

  stageWith(name: string, count: number) {
    return this.page.getByRole("region", { name: new RegExp(`^${quoted(name)}, ${count} deals?\\b`) });
  }

  /** Deals share names, so a card is known by where its link leads. */
  card(deal: Deal, stage: string) {
    const link = this.page.locator(`a[href="/deals/${deal.id}"]`);
    return this.stage(stage).getByRole("listitem").filter({ has: link });
  }

  /** What the arrow keys go to and Space picks up. */
  link(deal: Deal, stage: string) {
    return this.card(deal, stage).getByRole("link", { name: deal.name, exact: true });
  }

  async drag(deal: Deal, from: string, to: string): Promise<void> {
    await this.card(deal, from).dragTo(this.stage(to).getByRole("listitem").first());
  }

  menuButton(deal: Deal, stage: string) {
    return this.card(deal, stage).getByRole("button", { name: `Move ${deal.name}` });
  }

  /** A message in the corner. */
  toast(text: string) {
    return this.page.getByRole("status").filter({ hasText: text });
  }
}
