/** README.md of an exported project. */

import type { ExportedFunction } from './exported_function';

/** A heading with a sentence, or with the commands to type. */
export type Section = readonly [heading: string, content: string | readonly string[]];

export function readme(exported: ExportedFunction, sections: readonly Section[]): string {
  const { name, withheld } = exported;
  const behind = withheld.length === 1 ? 'has its value' : 'have their values';
  const left: Section[] =
    withheld.length === 0
      ? []
      : [
          [
            'Values that stayed behind',
            `${withheld.join(', ')} ${behind} nowhere in these files. Give each one where it is asked for below, and keep it out of version control.`,
          ],
        ];
  const told = [...left, ...sections].map(([heading, content]) =>
    typeof content === 'string'
      ? `## ${heading}\n\n${content}\n`
      : `## ${heading}\n\n${content.map((line) => `    ${line}\n`).join('')}`,
  );
  return [`# ${name}\n\nA Lambda function for nodejs22.x, exported from Lambda Playground.\n`, ...told].join(
    '\n',
  );
}
