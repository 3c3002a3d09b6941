/** The api as somebody outside sees it. */
export interface Surface {
  /** Sends a GraphQL document as an audience; the body as it came. */
  ask(document: string, options?: AskOptions): Promise<Reply>;
  /** Sends any other request. */
  send(path: string, init?: RequestInit): Promise<Reply>;
  /** The headers with which an audience asks. */
  headers(as: string): Record<string, string>;
  /** What the running api left where others may look: its log and its environment. */
  leftBehind(): Record<string, Buffer>;
  close(): Promise<void>;
}

export interface AskOptions {
  as?: string;
  variables?: Record<string, unknown>;
  get?: boolean;
}

export interface Reply {
  status: number;
  text: string;
  milliseconds: number;
}
