import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { Refused } from '../../api/call.ts';
import { Desk } from './desk.tsx';
import './desk.css';
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

const root = document.getElementById('desk');
if (root)
  createRoot(root).render(
    <StrictMode>
      <FrameProvider frame={readFrame()}>
        <Themed>
          <QueryClientProvider client={store}>
            <Router base="/console">
              <Desk />
            </Router>
          </QueryClientProvider>
        </Themed>
      </FrameProvider>
    </StrictMode>,
  );
