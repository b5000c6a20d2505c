/** The look of the pages that the service draws itself; they need no script. */

import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../style.css';
import './pages.css';
