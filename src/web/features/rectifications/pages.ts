export { default as FindingBoard } from './board/FindingBoard.tsx';
export { default as FindingPage } from './finding/FindingPage.tsx';
export { default as LedgerImport } from './import/LedgerImport.tsx';
export { default as FindingKinds } from './kinds/FindingKinds.tsx';
export { default as FindingList } from './list/FindingList.tsx';
export { default as ReproofDraws } from './reproof/ReproofDraws.tsx';
