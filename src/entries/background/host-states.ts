// What is known of each host while the queue is worked off; what a host asked for outlives the background.
import { type RestingHost, restingHosts } from '../../edges/store/queue';
import { type HostEvent, type HostState, hostAfter, IDLE_HOST, mayStartAt } from '../../pipeline/queue/host';

/** A rest of a host, in ms, from which on its jobs are not even read. */
const REST = 1_000;

export class HostStates {
  private states = new Map<string, HostState>();

  /** Hosts that asked an earlier background for rest. */
  async load(now: number): Promise<void> {
    this.states = await restingHosts(now);
  }

  get all(): ReadonlyMap<string, HostState> {
    return this.states;
  }

  tell(host: string, event: HostEvent): void {
    this.states.set(host, hostAfter(this.of(host), event));
  }

  /** The row to be kept of a host that asked for rest. */
  resting(host: string): RestingHost {
    const { pausedUntil, strikes } = this.of(host);
    return { host, pausedUntil, strikes };
  }

  /** Time before which the host can start nothing, in ms since the epoch, when that is worth passing it over. */
  restsUntil(host: string, now: number): number | undefined {
    const at = mayStartAt(this.of(host), now);
    return Number.isFinite(at) && at - now > REST ? at : undefined;
  }

  private of(host: string): HostState {
    return this.states.get(host) ?? IDLE_HOST;
  }
}
