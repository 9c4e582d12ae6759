import type { Found } from './desk.ts';

/** A unit in the palette: choosing it makes it the unit of the whole desk. */
export function foundUnit({ id, name }: { id: number; name: string }): Found {
  return { key: `unit-${id}`, group: '单位', title: name, note: '切换到这个单位', unitId: id };
}
