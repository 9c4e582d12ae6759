/** What the collection of a period is called by its state: schools and units are asked, or it has ended. */
export const collectionStateTitles = { open: '填报中', closed: '已结束' } as const;
