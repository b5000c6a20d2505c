/**
 * Who asks where no cookie says so: in a frame of another site, and in a workshop, the page is handed a key, and shows
 * it.
 */

let key: string | null = null;

export function beVisitor(given: string): void {
  key = given;
}

export const visitorHeaders = (): Record<string, string> => (key ? { 'X-Playground-Visitor': key } : {});

/** What a page says on its WebSocket, whose opening can have no header. */
export const visitorKey = (): string => key ?? '';
