/** Help with the code, as the page's parts see it: how far the language service is, and what it finds. */

import { LanguageClient, type LanguageState } from './language/client';
import type { SourceText } from './language/protocol';

/** Not while the page is still busy with its own start. */
const START_AFTER_MS = 1_500;

export class Language {
  state = $state<LanguageState>('off');
  /** How many problems the open file has; null while that is not known. */
  problems = $state<number | null>(null);

  readonly client: LanguageClient;

  constructor(files: () => readonly SourceText[]) {
    this.client = new LanguageClient(files, (state) => (this.state = state));
  }

  /** Starts the service when the page has come to rest, or with the first question; answers what ends it. */
  startSoon(): () => void {
    const frugal = 'connection' in navigator && (navigator.connection as { saveData?: boolean }).saveData;
    const timer = frugal ? undefined : setTimeout(() => this.client.start(), START_AFTER_MS);
    return () => {
      clearTimeout(timer);
      this.client.stop();
    };
  }
}
