export { default as TrackPage } from './county/TrackPage.tsx';
export { default as FiguresImport } from './figures/FiguresImport.tsx';
export { default as ProvinceFigures } from './figures/ProvinceFigures.tsx';
export { default as TrackOverview } from './TrackOverview.tsx';
