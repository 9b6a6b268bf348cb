// Tells when the page changes its address without a load, as pages do that switch tabs or searches by script.

export class AddressWatch {
  private address = location.href;

  /** Calls back with the address before. Without the browser's own word of it, a change is seen when someone looks. */
  constructor(
    private readonly changed: (before: URL) => void,
    signal: AbortSignal,
  ) {
    const { navigation } = globalThis as { navigation?: EventTarget };
    navigation?.addEventListener('currententrychange', () => this.look(), { signal });
  }

  look(): void {
    if (this.address === location.href) return;
    const before = new URL(this.address);
    this.address = location.href;
    this.changed(before);
  }

  /** Takes the address as it is for the one that counts, and gives it. */
  reset(): URL {
    this.address = location.href;
    return new URL(this.address);
  }
}
