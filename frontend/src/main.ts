import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './style.css';

import { mount } from 'svelte';
import type { Boot } from './contract';
import Editor from './parts/Editor.svelte';
import { beVisitor } from './visitor';
import { Workspace } from './workspace.svelte';

const boot = JSON.parse(document.getElementById('boot')!.textContent!) as Boot;

if (boot.visitor) beVisitor(boot.visitor);
mount(Editor, { target: document.getElementById('editor')!, props: { workspace: new Workspace(boot) } });
