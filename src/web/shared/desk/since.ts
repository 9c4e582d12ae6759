/** How long the oldest one has waited since the last act on it: `最早 3 天前提交`. */
export const since = (act: string) => (days: number) => (days === 0 ? `今天${act}` : `最早 ${days} 天前${act}`);
