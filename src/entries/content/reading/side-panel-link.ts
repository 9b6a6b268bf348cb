// The page's end of its connection to the side panel: tells it how the reading goes and what was found, and hears what the user
// pressed there. Only the extension's own pages can open such a connection; the page has no part in it.
import type { Runtime } from 'webextension-polyfill';
import type { Candidate } from '../../../contract/candidate';
import { type FromPage, PAGE_COMMANDS, type PageCommand, type PageState } from '../../../contract/page-state';
import { onPanelConnected } from '../../../edges/page-link';

/** Finds of one message. */
const BATCH = 250;

interface Told {
  state: string;
  /** What the finds belong to, and how many of them were told. */
  harvestId: string | undefined;
  finds: number;
}

export class SidePanelLink {
  private readonly ports = new Map<Runtime.Port, Told>();
  private state: PageState | undefined;
  private finds: readonly Candidate[] = [];

  constructor(heard: (command: PageCommand) => void, signal: AbortSignal) {
    onPanelConnected(port => {
      this.ports.set(port, { state: '', harvestId: undefined, finds: 0 });
      port.onDisconnect.addListener(() => this.ports.delete(port));
      port.onMessage.addListener(message => {
        const command = PAGE_COMMANDS.find(one => one === message);
        if (command !== undefined) heard(command);
      });
      this.catchUp(port);
    }, signal);
    signal.addEventListener('abort', () => {
      for (const port of this.ports.keys()) port.disconnect();
      this.ports.clear();
    });
  }

  /** @param finds  all so far, in the order found; they only grow within one harvest */
  tell(state: PageState, finds: readonly Candidate[]): void {
    this.state = state;
    this.finds = finds;
    for (const port of this.ports.keys()) this.catchUp(port);
  }

  private catchUp(port: Runtime.Port): void {
    const told = this.ports.get(port);
    if (told === undefined || this.state === undefined) return;
    const post = (message: FromPage) => port.postMessage(message);
    if (told.harvestId !== this.state.harvestId) Object.assign(told, { harvestId: this.state.harvestId, finds: 0 });
    const state = JSON.stringify(this.state);
    if (state !== told.state) post({ state: this.state });
    told.state = state;
    while (told.finds < this.finds.length) {
      const finds = this.finds.slice(told.finds, told.finds + BATCH);
      post({ finds, from: told.finds });
      told.finds += finds.length;
    }
  }
}
