/** Whether the service is there and whole, asked for now and then while the page is looked at. */

const EVERY_MS = 30_000;

export interface Health {
  state: 'unknown' | 'well' | 'troubled' | 'unreachable';
  /** Names of the parts that are down. */
  down: string[];
  /** What runs the functions, where the service knows it. */
  sandbox: { kind: string; notice: string } | null;
}

const without = (state: Health['state']): Health => ({ state, down: [], sandbox: null });
export const UNKNOWN = without('unknown');

interface Part {
  ok: boolean;
  kind?: string;
  notice?: string;
}

const isPart = (part: unknown): part is Part => typeof part === 'object' && part !== null && 'ok' in part;

/** What an answer of /healthz says. */
export function readHealth(body: Record<string, unknown>): Health {
  const parts = Object.entries(body).filter((entry): entry is [string, Part] => isPart(entry[1]));
  const down = parts.filter(([, part]) => !part.ok).map(([name]) => name);
  const { kind, notice = '' } = Object.fromEntries(parts)['sandbox'] ?? {};
  const state = body['status'] === 'ok' ? 'well' : 'troubled';
  return { state, down, sandbox: kind ? { kind, notice } : null };
}

async function ask(): Promise<Health> {
  try {
    return readHealth((await (await fetch('/healthz')).json()) as Record<string, unknown>);
  } catch {
    return without('unreachable');
  }
}

/** Reports at once, every half minute while the page is visible, and when the browser's network comes or goes. */
export function watchHealth(report: (health: Health) => void): () => void {
  let asking = false;
  const look = async () => {
    if (asking || document.visibilityState === 'hidden') return;
    asking = true;
    report(await ask());
    asking = false;
  };
  const timer = setInterval(look, EVERY_MS);
  const signals = ['online', 'offline'] as const;
  for (const signal of signals) window.addEventListener(signal, look);
  document.addEventListener('visibilitychange', look);
  void look();
  return () => {
    clearInterval(timer);
    for (const signal of signals) window.removeEventListener(signal, look);
    document.removeEventListener('visibilitychange', look);
  };
}
