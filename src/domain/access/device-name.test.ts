import { describe, expect, it } from 'vitest';
import { deviceName } from './device-name.ts';

describe('the name of a device', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0', 'Windows 电脑，Edge'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1', 'iPhone，Safari'],
    ['Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0', '安卓设备，微信'],
    ['Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114', '鸿蒙设备，Chrome 或同类浏览器'],
  ])('%s', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
  });
  it('leaves an unknown agent unchanged', () => {
    expect(deviceName('curl/8.5')).toBe('curl/8.5');
  });
});
