export { default as Retention } from './Retention.tsx';
export { default as Settings } from './Settings.tsx';
