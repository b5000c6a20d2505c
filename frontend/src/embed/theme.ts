/** The theme that a frame's address asks for, in place of the visitor's own. */

export function applyTheme(theme: string | undefined): void {
  if (theme !== 'dark' && theme !== 'light') return;
  document.documentElement.style.colorScheme = theme;
  for (const { cssRules } of document.styleSheets) {
    for (const rule of cssRules) {
      if (!(rule instanceof CSSMediaRule) || !rule.media.mediaText.includes('prefers-color-scheme')) continue;
      rule.media.mediaText = rule.media.mediaText.includes(theme) ? 'all' : 'not all';
    }
  }
}
