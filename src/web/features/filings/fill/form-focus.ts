/** `#字段` in the address leads to the field: the grid, the review and a return all link to cells. */
export function jumpToAddressed() {
  const key = decodeURIComponent(location.hash.slice(1));
  if (key) requestAnimationFrame(() => focusField(key));
}

/** Scrolls to a field and gives it the focus. */
export function focusField(key: string): void {
  const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(key)}"]`);
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector<HTMLElement>('[data-input]')?.focus({ preventScroll: true });
}

/** Scrolls back to the field that has the focus if the page has grown it out of sight. */
export function keepFieldInSight(): void {
  const field = document.activeElement;
  if (field?.matches('[data-input]')) field.scrollIntoView({ block: 'nearest' });
}

/**
 * On a phone the help is a strip below the tools. Scrolls until the tools have reached the upper edge, so that the strip
 * does not cover the head of the page, as far as the field itself stays below the strip.
 */
export function showBelowHelp(row: HTMLElement): void {
  const help = row.querySelector('[data-within]');
  const tools = document.querySelector('[data-tools]');
  if (!help || !tools) return;
  const room = row.getBoundingClientRect().top - help.getBoundingClientRect().bottom;
  const loose = tools.getBoundingClientRect().top - Number.parseFloat(getComputedStyle(tools).top);
  scrollBy(0, Math.min(room, Math.max(0, loose)));
}
