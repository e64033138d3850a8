import '../../api/older.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { Refused } from '../../api/call.ts';
import { Desk } from './desk.tsx';
import './desk.css';
import './case.css';
import { bringFont } from './fonts.ts';
import { FrameProvider, readFrame } from './frame.tsx';
import { Themed } from './theme.tsx';

const store = new QueryClient({
  defaultOptions: {
    // Without a network a command fails and says so; it is never sent later behind somebody's back.
    mutations: { networkMode: 'always' },
    queries: {
      staleTime: 30_000,
      // What was refused stays refused; only a connection is worth another try.
      retry: (count, error) => !(error instanceof Refused) && count < 3,
    },
  },
});

/** The same frame around what the desk is made of; only an administrator is given the address. */
const isGallery = location.pathname === '/_gallery/desk';
const Gallery = lazy(async () => ({ default: (await import('./gallery.tsx')).Gallery }));

function draw(root: HTMLElement): void {
  createRoot(root).render(
    <StrictMode>
      <FrameProvider frame={readFrame()}>
        <Themed>
          <QueryClientProvider client={store}>
            {isGallery ? (
              <Suspense>
                <Gallery />
              </Suspense>
            ) : (
              <Router base="/console">
                <Desk />
              </Router>
            )}
          </QueryClientProvider>
        </Themed>
      </FrameProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('desk');
// What was drawn in boxes may stay so: where the font is ours, the first character waits for it.
if (root) void bringFont().then(() => draw(root));
