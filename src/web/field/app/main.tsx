import '../../api/older.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import './sheets.ts';
import { FrameProvider, readFrame } from './frame.tsx';
import { Gate } from './gate.tsx';

const root = document.getElementById('field');
if (root)
  createRoot(root).render(
    <StrictMode>
      <FrameProvider frame={readFrame()}>
        <Router base="/field">
          <Gate />
        </Router>
      </FrameProvider>
    </StrictMode>,
  );
