import { shownLine } from '../text/characters.ts';

/** The longest name that is kept, in characters; a longer one keeps its ending. */
export const longestFileName = 120;

/**
 * The name of a file as it is kept and sent back: the last part of a path, without signs that nobody sees, that turn the
 * direction of what follows, or that no system allows in a name. Never empty.
 */
export function fileName(given: string): string {
  const last = given.replaceAll('\0', '').split(/[/\\]/).at(-1) ?? '';
  const shown = shownLine(last)
    .replace(/\p{Surrogate}/gu, '')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  if (shown === '') return '未命名';
  const characters = [...shown];
  if (characters.length <= longestFileName) return shown;
  const ending = endingOf(shown);
  const kept = ending === '' ? '' : `.${ending}`;
  return characters.slice(0, longestFileName - kept.length).join('') + kept;
}

/** The ending of a name in small letters, without its dot; empty where there is none. `a.tar.gz` ends in `gz`. */
export function endingOf(name: string): string {
  return /[^.]\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}
