/** A device that keeps passkeys: Chromium's virtual authenticator. */
import type { CDPSession, Page } from "@playwright/test";

export class PasskeyDevice {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** Plugs one in that does at once what it is asked, and knows its owner. */
  static async at(page: Page): Promise<PasskeyDevice> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new PasskeyDevice(session, authenticatorId);
  }

  /** Whether anybody touches it: unless somebody does, what is asked waits. */
  async touched(enabled: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  }

  /** Whether it recognises its owner: to anybody else it gives nothing. */
  async recognises(isUserVerified: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  }

  /** How many passkeys it keeps. */
  async count(): Promise<number> {
    const { authenticatorId } = this;
    const { credentials } = await this.session.send("WebAuthn.getCredentials", { authenticatorId });
    return credentials.length;
  }

  /** The passkeys it keeps move to another device, as those of a password manager do. */
  async copyTo(other: PasskeyDevice): Promise<void> {
    const { authenticatorId } = this;
    const { credentials } = await this.session.send("WebAuthn.getCredentials", { authenticatorId });
    for (const credential of credentials) {
      await other.session.send("WebAuthn.addCredential", { authenticatorId: other.authenticatorId, credential });
    }
  }
}
