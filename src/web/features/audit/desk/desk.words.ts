import type { DeskWords } from '#web/shared/desk/desk.ts';

export const words: DeskWords = { permissionWords: { audit: '审计' } };
