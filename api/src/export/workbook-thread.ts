import { parentPort, workerData } from 'node:worker_threads';
import { writeWorkbook, type Workbook } from './workbook-file.ts';

parentPort!.postMessage(await writeWorkbook(workerData as Workbook));
