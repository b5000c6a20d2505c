/** Whether the service is there and whole, asked for now and then while the page is looked at. */

const EVERY_MS = 30_000;

export type Health = { state: 'unknown' | 'well' | 'unreachable' } | { state: 'troubled'; parts: string[] };

interface Part {
  ok: boolean;
}

/** Names of the parts that are down in an answer of /healthz. */
export function partsDown(body: Record<string, unknown>): string[] {
  return Object.entries(body)
    .filter(([, part]) => typeof part === 'object' && part !== null && (part as Part).ok === false)
    .map(([name]) => name);
}

async function ask(): Promise<Health> {
  try {
    const response = await fetch('/healthz');
    if (response.ok) return { state: 'well' };
    const body = (await response.json()) as Record<string, unknown>;
    return { state: 'troubled', parts: partsDown(body) };
  } catch {
    return { state: 'unreachable' };
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
