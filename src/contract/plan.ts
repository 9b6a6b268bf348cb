// The searches a user means to make, one for each label, kept so that a reload or a closed panel goes on where it was.

export interface Search {
  /** The label's name. */
  name: string;
  /** What is searched for; the name until the user says otherwise. */
  query: string;
  /** Id of another search engine than the plan's. */
  engine?: string;
  state: 'waiting' | 'done' | 'skipped';
}

export interface Plan {
  /** Id of the search engine. */
  engine: string;
  /** Which of the searches is open, by its place. */
  at: number;
  searches: Search[];
  /** The tab its searches are opened in. */
  tabId?: number;
}
