/**
 * HTML of a function made harmless for a frame in which nothing runs, loads or leads away.
 *
 * The frame's sandbox forbids scripts, forms and windows, and its policy every request. Neither keeps a browser from
 * opening a connection to the host of a link that is pressed, or from asking for its address: so no address is left.
 */

/** Within the page's own policy, which holds in the frame as well. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const REMOVED = [
  'script',
  'noscript',
  'template',
  'base',
  'link',
  'meta',
  'iframe',
  'frame',
  'frameset',
  'object',
  'embed',
  'portal',
  'fencedframe',
  // They can give an element an address later on.
  'animate',
  'animateMotion',
  'animateTransform',
  'set',
].join(',');

const ADDRESSES = new Set([
  'action',
  'archive',
  'attributionsrc',
  'background',
  'cite',
  'classid',
  'codebase',
  'data',
  'formaction',
  'href',
  'imagesrcset',
  'longdesc',
  'manifest',
  'ping',
  'poster',
  'profile',
  'src',
  'srcset',
  'target',
  'usemap',
  'xlink:href',
  'xml:base',
]);

function isHarmless(element: Element, name: string, value: string): boolean {
  if (name.startsWith('on')) return false;
  if (!ADDRESSES.has(name)) return true;
  if (name === 'src') return /^data:(image|audio|video)\//i.test(value);
  // A gradient or a shape within the same drawing.
  return name.endsWith('href') && value.startsWith('#') && !/^(a|area)$/i.test(element.localName);
}

function clean(page: ParentNode): boolean {
  let changed = false;
  for (const element of page.querySelectorAll(REMOVED)) {
    element.remove();
    changed = true;
  }
  for (const element of page.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (isHarmless(element, name.toLowerCase(), value.trim())) continue;
      element.removeAttribute(name);
      changed = true;
    }
  }
  return changed;
}

/** Cleaned within a template: there no style is applied, so that the page's policy has nothing to complain of. */
function cleaned(html: string, nonce: string): string {
  const template = document.createElement('template');
  template.innerHTML = html;
  clean(template.content);
  for (const style of template.content.querySelectorAll('style')) style.setAttribute('nonce', nonce);
  return template.innerHTML;
}

/**
 * What the frame is given, or null where no form was found that stays harmless when it is read again.
 * `nonce` is the mark that the page's own policy wants of style elements.
 */
export function framedPage(html: string, nonce: string): string | null {
  let text = html;
  // A text can read otherwise once it was written anew; only one that is stable is shown.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
    const page = `<html><head>${policy}</head><body>${cleaned(text, nonce)}</body></html>`;
    const read = new DOMParser().parseFromString(page, 'text/html');
    const stable = read.documentElement.outerHTML === page;
    read.head.firstElementChild?.remove();
    if (stable && !clean(read)) return `<!doctype html>${page}`;
    text = read.body.innerHTML;
  }
  return null;
}

/** A page that is one image. */
export const imagePage = (type: string, base64: string): string =>
  `<style>html,body{margin:0;height:100%;display:grid;place-items:center}img{max-width:100%}</style><img alt="" src="data:${type};base64,${base64}">`;
