export const urbanClasses = ['urban', 'town', 'rural'] as const;
export type UrbanClass = (typeof urbanClasses)[number];

/** 城区 镇区 乡村 of the education statistics. */
export const urbanClassNames: Readonly<Record<UrbanClass, string>> = { urban: '城区', town: '镇区', rural: '乡村' };
