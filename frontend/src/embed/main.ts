import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../style.css';

import { mount } from 'svelte';
import { beVisitor } from '../visitor';
import Embed from './Embed.svelte';
import { applyTheme } from './theme';

const boot = JSON.parse(document.getElementById('boot')!.textContent!) as { shared: string; visitor: string };
const query = new URLSearchParams(location.search);
beVisitor(boot.visitor);
applyTheme(document.documentElement.dataset.theme);

mount(Embed, {
  target: document.getElementById('embed')!,
  props: { token: boot.shared, file: query.get('file'), runOnLoad: query.get('run') === 'load' },
});
