/** What packs and unpacks, fetched when it is first needed. */

/** Something about an archive; the message is for the person whose files they are. */
export class ArchiveFault extends Error {}

/** It may come when it is asked for again. */
export class PackingNotLoaded extends ArchiveFault {
  constructor() {
    super('What packs and unpacks files could not be loaded. Try again.');
  }
}

export const packing = (): Promise<typeof import('fflate')> =>
  import('fflate').catch(() => {
    throw new PackingNotLoaded();
  });
