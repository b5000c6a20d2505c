import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../style.css';
import './wall.css';

import { mount } from 'svelte';
import Wall from './Wall.svelte';

const boot = JSON.parse(document.getElementById('boot')!.textContent!) as { workshop: string; host: string };

mount(Wall, { target: document.getElementById('wall')!, props: boot });
