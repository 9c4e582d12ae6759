/** 公办 or 民办: 办别. */
export const ownerships = ['public', 'private'] as const;
export type Ownership = (typeof ownerships)[number];

export const ownershipNames: Readonly<Record<Ownership, string>> = { public: '公办', private: '民办' };
