import type { Found } from './desk.ts';

/** A unit in the palette: choosing it turns the whole desk to it. */
export function foundUnit({ id, name }: { id: number; name: string }): Found {
  return { key: `unit-${id}`, group: '单位', title: name, note: '切换到这个单位', unitId: id };
}
