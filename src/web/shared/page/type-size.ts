/** Large type is a choice of the person at this screen, so it stays in this browser. */
const key = 'dudao.type';

export function typeIsLarge(): boolean {
  try {
    return localStorage.getItem(key) === 'large';
  } catch {
    return false; // storage is closed in some private windows
  }
}

export function setTypeLarge(large: boolean): void {
  try {
    localStorage.setItem(key, large ? 'large' : 'plain');
  } catch {
    // The choice then lasts only until the page is closed.
  }
  document.documentElement.dataset.type = large ? 'large' : 'plain';
}

export function applyTypeSize(): void {
  if (typeIsLarge()) document.documentElement.dataset.type = 'large';
}
