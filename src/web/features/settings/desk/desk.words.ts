import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = { permissionWords: { setting: '设置' } };
