const systems: ReadonlyArray<readonly [RegExp, string]> = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙设备'],
  [/Android/, '安卓设备'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows 电脑'],
  [/Mac OS X/, '苹果电脑'],
  [/Linux|UOS|Kylin/, 'Linux 电脑'],
];

const browsers: ReadonlyArray<readonly [RegExp, string]> = [
  [/MicroMessenger/, '微信'],
  [/Edg/, 'Edge'],
  [/Firefox/, '火狐'],
  [/QQBrowser/, 'QQ 浏览器'],
  [/Chrome|Chromium/, 'Chrome 或同类浏览器'],
  [/Safari/, 'Safari'],
];

/** A user agent in words that its owner recognises: `Windows 电脑，Edge`. */
export function deviceName(userAgent: string): string {
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [system, browser].filter(Boolean).join('，') || userAgent.slice(0, 60);
}
