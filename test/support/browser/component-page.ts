/** What the desk's own page gives every component: its tokens, the look of the elements, and zod without compiling. */
import '#web/desk/schema-settings.ts';
import '#web/shared/theme/tokens.css';
import '#web/shared/theme/base.css';
