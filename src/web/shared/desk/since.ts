/** How long the oldest has waited since something was done to it: `最早 3 天前提交`. */
export const since = (act: string) => (days: number) => (days === 0 ? `今天${act}` : `最早 ${days} 天前${act}`);
