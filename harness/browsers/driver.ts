// The one shape both browsers are driven through, so that the demo and the end-to-end tests are written once.
import type { ElementHandle, Page } from 'puppeteer-core';

export type BrowserName = 'chromium' | 'firefox';
export const BROWSER_NAMES: readonly BrowserName[] = ['chromium', 'firefox'];

/** Entries of the extension's right-click menu that the walk uses; the ids are the background's own. */
export type MenuEntry =
  | 'results:query'
  | 'results:ask'
  | 'everything:ask'
  | 'image:ask'
  | `${'results' | 'everything' | 'image'}:label:${string}`
  | 'test';

export interface LaunchOptions {
  /** Folder of the built extension. */
  extension: string;
  headless: boolean;
  /** The demo site that answers for its hosts. */
  site: SiteAddress;
  /** Whether names the site does not know may reach the network; tests say no. */
  network: boolean;
  /** Folder the browser downloads into; it exists. */
  downloads: string;
  /** Chromium's profile, kept when the browser is gone; without it a fresh one that is removed. */
  profile?: string | undefined;
  /** Lets Chromium's WebGL run on the processor where there is no graphics device, which it otherwise refuses. */
  softwareGraphics?: boolean | undefined;
  /**
   * A webcam without a lens, which is allowed without a question. Chromium's shows this film, an MJPEG file, over and over;
   * Firefox has none but a pattern of its own, whose colours change.
   */
  film?: string | undefined;
}

/** What a browser must know to reach the demo site under real host names. */
export interface SiteAddress {
  hosts: string[];
  /** TLS on loopback. */
  port: number;
  /** An HTTP proxy on loopback that speaks CONNECT to the site's hosts and refuses all others. */
  proxyPort: number;
  /** The certificate authority the site's certificate is signed by, PEM. */
  authority: string;
  /** Base64 of the SHA-256 of the site's public key, as Chromium names a key it shall trust. */
  keyHash: string;
}

export interface Driver {
  name: BrowserName;
  /** Product and version, such as `Chrome/156.0.8078.79`. */
  version: string;
  downloads: string;
  /** Address of a file of the extension. */
  extensionUrl(path: string): string;
  newPage(): Promise<Page>;
  /** The page the extension opened by itself when it was installed; undefined when there is none after some seconds. */
  openedAtInstall(): Promise<Page | undefined>;
  /**
   * Opens an address and waits until its scripts ran, but not for its images, of which a page of results has many large
   * ones. Works for extension pages too, whose load Firefox does not report.
   */
  open(page: Page, address: string): Promise<void>;
  /** Shows the page's colours as a user sees them who asks their system for light or dark ones. */
  colourScheme(page: Page, scheme: 'light' | 'dark'): Promise<void>;
  /** Makes the browser answer yes to the extension's next request for access to sites. */
  answerYesToAccess(): Promise<void>;
  /** Right-clicks the page's ground, or an image of it, and chooses an entry of the extension's menu. */
  chooseMenuEntry(page: Page, entry: MenuEntry, image?: ElementHandle<HTMLImageElement>): Promise<void>;
  /** Closes Firefox's sidebar, which a menu's entry opens: it keeps the focus, so that no page hears the driver's keys. */
  closeSidebar(): Promise<void>;
  /** Ends the background as the browser does when it is idle; the next event starts it again. */
  killBackground(): Promise<void>;
  /** What went wrong on the extension's pages opened through this, in words; it grows. */
  errors: string[];
  /** Settles when the browser is gone, whoever ended it. */
  closed: Promise<void>;
  close(): Promise<void>;
}
