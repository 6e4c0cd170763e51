export declare function generateConverge(root: string): Promise<void>;
