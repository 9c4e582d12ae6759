/** The names of the states of a collection: schools and units are being asked, or it has ended. */
export const collectionStateTitles = { open: '填报中', closed: '已结束' } as const;
