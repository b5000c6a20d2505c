/** The language service behind the messages of its worker. */

import { libraries } from './libraries';
import type { Reply, Request } from './protocol';
import { LanguageService } from './service';

const service = new LanguageService(libraries);
const reply = (message: Reply): void => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<Request>) => {
  const { id, changed, gone, question, path, further } = data;
  try {
    service.update(changed, gone);
    const ask = service[question].bind(service) as (path: string, ...further: unknown[]) => unknown;
    reply({ id, answer: ask(path, ...further) });
  } catch (error) {
    reply({ id, failure: String(error) });
  }
};
reply({ ready: true });
