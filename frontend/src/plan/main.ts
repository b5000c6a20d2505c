import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../style.css';
import './plan.css';

import { mount } from 'svelte';
import type { PlanBoot } from './contract';
import PlanPage from './PlanPage.svelte';

const boot = JSON.parse(document.getElementById('boot')!.textContent!) as PlanBoot;

mount(PlanPage, { target: document.getElementById('plan')!, props: { boot } });
