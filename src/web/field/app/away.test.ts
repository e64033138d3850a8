import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AWAY_MS, watchAway } from './away.ts';

class TestPage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  turn(to: DocumentVisibilityState): void {
    this.visibilityState = to;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const page = new TestPage();
  const clock = { ms: 0 };
  const onAway = vi.fn();
  const stop = watchAway(page as unknown as Document, () => new Date(clock.ms), onAway);
  return { page, clock, onAway, stop };
}

test('藏起来的页面计时停了：再看到时已过十分钟，就上锁', () => {
  const { page, clock, onAway } = watched();
  page.turn('hidden');
  // No timer runs, as on a phone that froze the page.
  clock.ms = AWAY_MS;
  page.turn('visible');
  expect(onAway).toHaveBeenCalledOnce();
});

test('十分钟不到不上锁，离开两次不相加；计时还走的到点就锁', () => {
  const { page, clock, onAway } = watched();
  for (const ms of [AWAY_MS - 1, 2 * AWAY_MS - 2]) {
    page.turn('hidden');
    clock.ms = ms;
    page.turn('visible');
  }
  expect(onAway).not.toHaveBeenCalled();
  page.turn('hidden');
  vi.advanceTimersByTime(AWAY_MS);
  expect(onAway).toHaveBeenCalledOnce();
});

test('不看了就什么也不做', () => {
  const { page, clock, onAway, stop } = watched();
  page.turn('hidden');
  stop();
  clock.ms = AWAY_MS;
  page.turn('visible');
  vi.advanceTimersByTime(AWAY_MS);
  expect(onAway).not.toHaveBeenCalled();
});
