import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/look.css';
import './frame/frame.css';
import { startSending } from './actions.js';
import { App } from './app.js';
import { startRequests } from './requests.js';
import { startSound } from './sound.js';
import { restoreTheme } from './theme.js';

restoreTheme();
startSending();
startRequests();
startSound();
createRoot(document.getElementById('console')!).render(<StrictMode><App /></StrictMode>);
